<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="en" sourcelanguage="zh_CN">
<context>
    <name>Gallery</name>
    <message>
        <source>用积分</source>
        <translation>Use points</translation>
    </message>
    <message>
        <source>更换会员</source>
        <translation>Change</translation>
    </message>
    <message>
        <source>更多</source>
        <translation>More</translation>
    </message>
    <message>
        <source>注销会员</source>
        <translation>Erase membership</translation>
    </message>
    <message>
        <source>清空</source>
        <translation>Clear</translation>
    </message>
    <message>
        <source>女士</source>
        <translation>Ms</translation>
    </message>
    <message>
        <source>确认并积分 +128</source>
        <translation>Confirm, +128 points</translation>
    </message>
    <message>
        <source>用 500 分，应付 ¥123.00，积分 +123，余额 903</source>
        <translation>Use 500 points, pay ¥123.00, earn 123, balance 903</translation>
    </message>
    <message>
        <source>收银台</source>
        <translation>Counter</translation>
    </message>
    <message>
        <source>会员</source>
        <translation>Members</translation>
    </message>
    <message>
        <source>交易</source>
        <translation>Sales</translation>
    </message>
    <message>
        <source>班次</source>
        <translation>Shift</translation>
    </message>
    <message>
        <source>报表</source>
        <translation>Reports</translation>
    </message>
    <message>
        <source>锁屏</source>
        <translation>Lock</translation>
    </message>
    <message>
        <source>金卡</source>
        <translation>Gold</translation>
    </message>
    <message>
        <source>铂金</source>
        <translation>Platinum</translation>
    </message>
    <message>
        <source>数据截至 11-19 09:12（3 天前）</source>
        <translation>As of 11-19 09:12 (3 days ago)</translation>
    </message>
    <message>
        <source>实付金额</source>
        <translation>Amount paid</translation>
    </message>
    <message>
        <source>请输入金额</source>
        <translation>Type the amount</translation>
    </message>
    <message>
        <source>超过单笔上限 ¥99,999.00</source>
        <translation>Over the limit of ¥99,999.00</translation>
    </message>
    <message>
        <source>手机号</source>
        <translation>Phone</translation>
    </message>
    <message>
        <source>本单获得</source>
        <translation>This sale earns</translation>
    </message>
    <message>
        <source>+128 积分</source>
        <translation>+128 points</translation>
    </message>
    <message>
        <source>积分抵扣</source>
        <translation>Paid with points</translation>
    </message>
    <message>
        <source>优惠券</source>
        <translation>Coupon</translation>
    </message>
    <message>
        <source>未使用</source>
        <translation>Not used</translation>
    </message>
    <message>
        <source>交易后积分</source>
        <translation>Points after this sale</translation>
    </message>
    <message>
        <source>用优惠券</source>
        <translation>Use a coupon</translation>
    </message>
    <message>
        <source>添加商品</source>
        <translation>Add goods</translation>
    </message>
    <message>
        <source>用 500 分 = −¥5.00</source>
        <translation>Use 500 points = −¥5.00</translation>
    </message>
    <message>
        <source>键入金额 → 确认。随时可扫会员码或券码。</source>
        <translation>Type the amount, then confirm. Scan a member or coupon any time.</translation>
    </message>
    <message>
        <source>已同步</source>
        <translation>Synced</translation>
    </message>
    <message>
        <source>已离线 5 小时</source>
        <translation>Offline for 5 hours</translation>
    </message>
    <message>
        <source>已 3 天未上传</source>
        <translation>No upload for 3 days</translation>
    </message>
    <message>
        <source>打印机就绪</source>
        <translation>Printer ready</translation>
    </message>
    <message>
        <source>扫码枪未连接</source>
        <translation>Scanner not connected</translation>
    </message>
    <message>
        <source>银卡</source>
        <translation>Silver</translation>
    </message>
    <message>
        <source>待上传</source>
        <translation>Waiting to upload</translation>
    </message>
    <message>
        <source>30 天内到期 200</source>
        <translation>200 expire within 30 days</translation>
    </message>
    <message>
        <source>已冻结</source>
        <translation>Frozen</translation>
    </message>
    <message>
        <source>数据截至 13:05（1 小时 27 分前）·上次到店 11-08</source>
        <translation>As of 13:05 (1 h 27 min ago), last visit 11-08</translation>
    </message>
    <message>
        <source>满 100 减 10 券·11-30 到期</source>
        <translation>Coupon ¥10 off 100, until 11-30</translation>
    </message>
    <message>
        <source>李*明 +56 积分</source>
        <translation>李*明 +56 points</translation>
    </message>
    <message>
        <source>上一笔，已记账</source>
        <translation>Last sale, recorded</translation>
    </message>
    <message>
        <source>离线·23 笔待上传</source>
        <translation>Offline, 23 waiting to upload</translation>
    </message>
    <message>
        <source>该手机号已是会员，已打开 张*芳·金卡</source>
        <translation>This phone is a member already: opened 张*芳, Gold</translation>
    </message>
    <message>
        <source>已记账，张*芳 +128 积分</source>
        <translation>Recorded: 张*芳 +128 points</translation>
    </message>
    <message>
        <source>该会员离线最多再兑 0 分（已兑 500）</source>
        <translation>Offline this member can redeem 0 more points (500 redeemed)</translation>
    </message>
    <message>
        <source>联网重试</source>
        <translation>Retry online</translation>
    </message>
    <message>
        <source>只积分</source>
        <translation>Only earn</translation>
    </message>
    <message>
        <source>已 26 小时未上传。数据在本机安全，请告知店长</source>
        <translation>No upload for 26 hours. The data is safe on this counter; please tell the manager</translation>
    </message>
    <message>
        <source>已 3 天未上传，积分照记，兑换需店长授权。</source>
        <translation>No upload for 3 days. Points are still recorded; redeeming needs the manager&apos;s approval.</translation>
    </message>
    <message>
        <source>给店长看</source>
        <translation>Show the manager</translation>
    </message>
    <message>
        <source>PIN 不对，还可试 3 次</source>
        <translation>Wrong PIN, 3 tries left</translation>
    </message>
    <message>
        <source>上次到店 11-08</source>
        <translation>Last visit 11-08</translation>
    </message>
    <message>
        <source>还没有消费记录</source>
        <translation>No purchases yet</translation>
    </message>
    <message>
        <source>请扫会员码</source>
        <translation>Scan a member code</translation>
    </message>
    <message>
        <source>或输入手机号、后四位、姓名</source>
        <translation>or type a phone, its last four digits, or a name</translation>
    </message>
    <message>
        <source>所选时间没有交易</source>
        <translation>No sales in this period</translation>
    </message>
    <message>
        <source>换个时间看看</source>
        <translation>Try another period</translation>
    </message>
    <message>
        <source>看今天</source>
        <translation>Show today</translation>
    </message>
    <message>
        <source>饮料</source>
        <translation>Drinks</translation>
    </message>
    <message>
        <source>零食</source>
        <translation>Snacks</translation>
    </message>
    <message>
        <source>日用品</source>
        <translation>Household</translation>
    </message>
    <message>
        <source>其他</source>
        <translation>Other</translation>
    </message>
    <message>
        <source>每小时销售额（元）</source>
        <translation>Sales by the hour (yuan)</translation>
    </message>
    <message>
        <source>收银员</source>
        <translation>Cashier</translation>
    </message>
    <message>
        <source>笔数</source>
        <translation>Sales</translation>
    </message>
    <message>
        <source>金额</source>
        <translation>Amount</translation>
    </message>
    <message>
        <source>积分</source>
        <translation>Points</translation>
    </message>
    <message>
        <source>合计</source>
        <translation>Total</translation>
    </message>
    <message>
        <source>称呼（可不填）</source>
        <translation>Name (optional)</translation>
    </message>
    <message>
        <source>到店</source>
        <translation>Walk-in</translation>
    </message>
    <message>
        <source>老带新</source>
        <translation>Referral</translation>
    </message>
    <message>
        <source>活动</source>
        <translation>Campaign</translation>
    </message>
</context>
<context>
    <name>Keypad</name>
    <message>
        <source>退格</source>
        <translation>Backspace</translation>
    </message>
    <message>
        <source>清空</source>
        <translation>Clear</translation>
    </message>
    <message>
        <source>会员</source>
        <translation>Member</translation>
    </message>
    <message>
        <source>查找会员</source>
        <translation>Find a member</translation>
    </message>
    <message>
        <source>扫码</source>
        <translation>Scan</translation>
    </message>
    <message>
        <source>小数点</source>
        <translation>Decimal point</translation>
    </message>
</context>
<context>
    <name>LetterPad</name>
    <message>
        <source>退格</source>
        <translation>Backspace</translation>
    </message>
    <message>
        <source>清空</source>
        <translation>Clear</translation>
    </message>
</context>
<context>
    <name>MemberCard</name>
    <message>
        <source>欠分</source>
        <translation>Points owed</translation>
    </message>
    <message>
        <source>可用积分</source>
        <translation>Available</translation>
    </message>
    <message>
        <source>本机可兑</source>
        <translation>Redeemable here</translation>
    </message>
    <message>
        <source>优惠券</source>
        <translation>Coupons</translation>
    </message>
    <message>
        <source>更换会员</source>
        <translation>Change</translation>
    </message>
</context>
<context>
    <name>PinPad</name>
    <message>
        <source>清空</source>
        <translation>Clear</translation>
    </message>
    <message>
        <source>退格</source>
        <translation>Backspace</translation>
    </message>
    <message>
        <source>PIN 已输入 {typed} 位，共 {all} 位</source>
        <translation>PIN: {typed} of {all} digits typed</translation>
    </message>
</context>
<context>
    <name>Sheet</name>
    <message>
        <source>返回</source>
        <translation>Back</translation>
    </message>
</context>
<context>
    <name>UndoBar</name>
    <message>
        <source>待上传</source>
        <translation>Waiting to upload</translation>
    </message>
    <message>
        <source>撤销 {left}</source>
        <translation>Undo {left}</translation>
    </message>
    <message>
        <source>撤销上一笔</source>
        <translation>Undo the last sale</translation>
    </message>
    <message>
        <source>补打</source>
        <translation>Reprint</translation>
    </message>
    <message>
        <source>补打上一笔小票</source>
        <translation>Reprint the last receipt</translation>
    </message>
</context>
</TS>
